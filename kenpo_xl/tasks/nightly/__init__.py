"""The nightly consolidation (夜間処理) of every period folder below a root."""
