"""The triggers that keep reviews and the audit trail honest, whoever writes to the database."""

from coach.store.migrations.guards import ALWAYS, guard

revision = "0002_triggers"
down_revision = "0001_tables"
branch_labels = None
depends_on = None

REFUSALS = (
    ("revision_is_insert_only", "BEFORE UPDATE ON revision", ALWAYS, "a revision is never changed"),
    ("revision_is_kept", "BEFORE DELETE ON revision", ALWAYS, "a revision is never deleted"),
    ("approval_is_insert_only", "BEFORE UPDATE ON approval", ALWAYS, "an approval is never changed"),
    ("approval_is_kept", "BEFORE DELETE ON approval", ALWAYS, "an approval is never deleted"),
    ("audit_is_insert_only", "BEFORE UPDATE ON audit", ALWAYS, "an audit row is never changed"),
    ("audit_is_kept", "BEFORE DELETE ON audit", ALWAYS, "an audit row is never deleted"),
    ("release_is_kept", "BEFORE DELETE ON release", ALWAYS, "a release is withdrawn, never deleted"),
    ("draft_is_kept", "BEFORE DELETE ON draft", ALWAYS, "a draft is discarded, never deleted"),
    (
        "revision_follows_the_last",
        "BEFORE INSERT ON revision",
        "NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM revision WHERE draft_id = NEW.draft_id)",
        "revisions are numbered without gaps",
    ),
    (
        "draft_starts_drafting",
        "BEFORE INSERT ON draft",
        "NEW.state <> 'drafting' OR NEW.current_revision <> 0 OR EXISTS (SELECT 1 FROM draft WHERE id = NEW.id OR request_key = NEW.request_key)",
        "a draft starts in drafting",
    ),
    (
        "draft_moves_as_allowed",
        "BEFORE UPDATE OF state ON draft",
        "NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ('drafting>needs_review', 'drafting>failed', 'drafting>discarded',"
        " 'failed>drafting', 'failed>discarded', 'needs_review>approved', 'needs_review>discarded',"
        " 'approved>needs_review', 'approved>discarded') OR NEW.state = 'needs_review' AND NEW.current_revision = 0",
        "a draft cannot go from that state to this one",
    ),
    (
        "draft_revision_moves_forward",
        "BEFORE UPDATE OF current_revision ON draft",
        "NEW.current_revision <> OLD.current_revision AND (NEW.current_revision < OLD.current_revision OR NEW.state <> 'needs_review'"
        " OR NOT EXISTS (SELECT 1 FROM revision WHERE draft_id = NEW.id AND number = NEW.current_revision))",
        "a new revision returns a draft to needs_review",
    ),
    (
        "draft_is_approved_by_approval",
        "BEFORE UPDATE OF state ON draft",
        "NEW.state = 'approved' AND NOT EXISTS (SELECT 1 FROM approval WHERE draft_id = NEW.id AND revision = NEW.current_revision)",
        "a draft is approved only by an approval of its current revision",
    ),
    (
        "draft_keeps_what_it_is",
        "BEFORE UPDATE ON draft",
        "NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.pair_id <> OLD.pair_id OR NEW.author_id <> OLD.author_id"
        " OR NEW.session_id <> OLD.session_id OR NEW.request_key <> OLD.request_key OR NEW.secret <> OLD.secret",
        "a draft keeps its kind, pair, session and author",
    ),
    (
        "draft_basis_is_kept",
        "BEFORE UPDATE OF brief, passages, citations, engine ON draft",
        "EXISTS (SELECT 1 FROM approval WHERE draft_id = OLD.id)",
        "what an approved draft was made from is never changed",
    ),
    (
        "approval_is_of_current_revision",
        "BEFORE INSERT ON approval",
        "EXISTS (SELECT 1 FROM approval WHERE draft_id = NEW.draft_id AND revision = NEW.revision) OR NOT EXISTS"
        " (SELECT 1 FROM draft WHERE id = NEW.draft_id AND state = 'needs_review' AND current_revision = NEW.revision AND author_id = NEW.approved_by)",
        "only its author can approve the current revision of a draft that needs review",
    ),
    (
        "release_is_of_approved_revision",
        "BEFORE INSERT ON release",
        "NEW.withdrawn_at IS NOT NULL OR EXISTS (SELECT 1 FROM release WHERE id = NEW.id) OR NOT EXISTS"
        " (SELECT 1 FROM draft WHERE id = NEW.draft_id AND state = 'approved' AND current_revision = NEW.revision AND author_id = NEW.released_by)",
        "only its author can release the current, approved revision",
    ),
    (
        "release_is_only_withdrawn",
        "BEFORE UPDATE ON release",
        "OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR NEW.id <> OLD.id OR NEW.draft_id <> OLD.draft_id"
        " OR NEW.revision <> OLD.revision OR NEW.sha256 <> OLD.sha256 OR NEW.channel <> OLD.channel"
        " OR NEW.released_by <> OLD.released_by OR NEW.released_at <> OLD.released_at",
        "a release can only be withdrawn, once",
    ),
    (
        "audit_is_a_chain",
        "BEFORE INSERT ON audit",
        "EXISTS (SELECT 1 FROM audit WHERE sha256 = NEW.sha256)"
        " OR NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM audit) OR NEW.previous <>"
        " coalesce((SELECT sha256 FROM audit ORDER BY number DESC LIMIT 1), '')",
        "an audit row continues the chain",
    ),
)


def upgrade() -> None:
    """Make every trigger."""
    guard(REFUSALS)
