"""Searches to compare ours with, each asked in the same way: Chroma as it comes, and LangChain's ensemble of BM25 and vectors."""

import os
from collections.abc import Sequence
from pathlib import Path

from coach.domain.guidance import Passage
from coach.evaluation.retrieval import Ask
from coach.retrieval.embed import Embedder
from coach.retrieval.lexical import indexed_text
from coach.services.trial import Ranked


def minilm_present() -> bool:
    """Tell whether Chroma's default model is on this machine; nothing is fetched for a benchmark."""
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    return (Path(ONNXMiniLM_L6_V2.DOWNLOAD_PATH) / "onnx" / "model.onnx").exists()


def chroma_default(passages: Sequence[Passage], folder: Path) -> Ask:
    """Return a search by Chroma with its default embedding function, given the same texts."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.create_collection("texts", configuration={"hnsw": {"space": "cosine"}})
    for start in range(0, len(passages), 500):
        part = passages[start : start + 500]
        collection.add(ids=[str(start + i) for i in range(len(part))], documents=[indexed_text(passage) for passage in part])

    def ask(question: str, k: int) -> Ranked:
        found = collection.query(query_texts=[question], n_results=min(k, len(passages)), include=["distances"])
        distances = found["distances"] or [[]]
        return Ranked(tuple((passages[int(i)], 1 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)))

    return ask


def langchain_ensemble(passages: Sequence[Passage], embedder: Embedder) -> Ask | None:
    """Return LangChain's EnsembleRetriever over its BM25Retriever and a vector store, as documented; None where it is not installed."""
    try:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
    except ImportError:
        return None
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import InMemoryVectorStore

    class Same(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return embedder.embed(texts).tolist()

        def embed_query(self, text: str) -> list[float]:
            return embedder.embed([text])[0].tolist()

    documents = [Document(page_content=indexed_text(passage), metadata={"place": i}) for i, passage in enumerate(passages)]
    words = BM25Retriever.from_documents(documents)
    meaning = InMemoryVectorStore.from_documents(documents, Same()).as_retriever()
    both = EnsembleRetriever(retrievers=[words, meaning], weights=[0.5, 0.5])

    def ask(question: str, k: int) -> Ranked:
        words.k, meaning.search_kwargs = k, {"k": k}
        found = both.invoke(question)[:k]
        return Ranked(tuple((passages[document.metadata["place"]], 1 / rank) for rank, document in enumerate(found, 1)))

    return ask
