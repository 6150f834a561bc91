"""Alignment: from the segments of a document or of two files to pairs with a confidence."""

from __future__ import annotations

from termcheck.align.documents import LocateRows as LocateRows
from termcheck.align.documents import align_document as align_document
from termcheck.align.documents import align_documents as align_documents
