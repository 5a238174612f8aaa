"""How much words count beside embeddings, which differ in what they know."""

from dataclasses import dataclass

from coach.retrieval.embed import Embedder, StaticEmbedder


@dataclass(frozen=True)
class Weights:
    """Of words beside meaning, the lexicon's words in a question's vector, feedback beside the question, and advice beside the texts."""

    words: float
    lexicon: float
    feedback: float
    advice: float


# Static embeddings average words: on four public collections and three sets of documents words serve a little better, and .3 to .5 of feedback.
BESIDE_STATIC = Weights(words=1.2, lexicon=0.5, feedback=0.4, advice=0.5)
# A sentence model knows everyday words itself. Measured with MiniLM on two sets of documents: .4 to .6, .15 to .25, .1 to .2, .5 to .6.
BESIDE_MODEL = Weights(words=0.5, lexicon=0.25, feedback=0.2, advice=0.6)


def weights_beside(embedder: Embedder) -> Weights:
    """Return the weights that suit an embedder."""
    return BESIDE_STATIC if embedder.name == StaticEmbedder.name else BESIDE_MODEL
