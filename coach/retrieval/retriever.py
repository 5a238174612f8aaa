"""The guidance search as a langchain-core retriever, so that other chains can use it."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangchainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from coach.retrieval.search import GuidanceSearch


class GuidanceRetriever(BaseRetriever):
    """Return the k best passages as documents, with document, section, file and score as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    guidance: GuidanceSearch
    k: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[LangchainDocument]:
        return [
            LangchainDocument(
                id=found.passage.id,
                page_content=found.passage.text,
                metadata={
                    "document": found.passage.document,
                    "section": found.passage.section,
                    "file": found.passage.file,
                    "score": found.score,
                },
            )
            for found in self.guidance.search(query, self.k).passages
        ]
