"""The briefing: one content, worked out once, written as DOCX, PPTX, PDF, XLSX, letters, ZIP."""
