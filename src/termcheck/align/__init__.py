"""Alignment: from the segments of a document or of two files to pairs with a confidence.

`bilingual_document.align_document` and `parallel_documents.align_documents` are the two ways in.
"""
