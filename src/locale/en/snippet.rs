//! The same message as code.

use crate::locale::words::SnippetWords;

pub(super) const SNIPPET: SnippetWords = SnippetWords { title: "The same message as code" };
