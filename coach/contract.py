"""The contract of the command line: one JSON schema for each command's --json output, and for the brief that goes in."""

import json
import sys
from typing import Any

from pydantic import BaseModel

from coach.domain.brief import Brief
from coach.domain.drafts import Draft
from coach.domain.measured import GuidanceMeasured, NotesMeasured, RetrievalMeasured
from coach.domain.outputs import (
    AskAnswer,
    AuditVerified,
    DoctorReport,
    GuidanceAdded,
    GuidanceAnswer,
    GuidanceBatchAnswer,
    GuidanceList,
    GuidanceRemoved,
    MaskedText,
    PeopleImported,
    Released,
    ReviewDone,
    ReviewList,
    ReviewShow,
    Serving,
)

INPUTS: dict[str, type[BaseModel]] = {"brief": Brief}
OUTPUTS: dict[str, type[BaseModel]] = {
    "ask": AskAnswer,
    "audit verify": AuditVerified,
    "doctor": DoctorReport,
    "draft": Draft,
    "evaluate guidance": GuidanceMeasured,
    "evaluate notes": NotesMeasured,
    "evaluate retrieval": RetrievalMeasured,
    "guidance add": GuidanceAdded,
    "guidance list": GuidanceList,
    "guidance remove": GuidanceRemoved,
    "guidance search": GuidanceAnswer,
    "guidance search --batch": GuidanceBatchAnswer,  # one a line
    "mask": MaskedText,
    "people import": PeopleImported,
    "release": Released,
    "review approve": ReviewDone,
    "review discard": ReviewDone,
    "review list": ReviewList,
    "review show": ReviewShow,
    "review withdraw": ReviewDone,
    "serve": Serving,
}


def contract() -> dict[str, Any]:
    """Return the schemas of what commands read and print."""
    return {
        "inputs": {name: model.model_json_schema(mode="validation") for name, model in INPUTS.items()},
        "outputs": {name: model.model_json_schema(mode="serialization") for name, model in OUTPUTS.items()},
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(contract(), indent=2, ensure_ascii=False) + "\n")
