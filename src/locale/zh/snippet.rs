//! The same message as code.

use crate::locale::words::SnippetWords;

pub(super) const SNIPPET: SnippetWords = SnippetWords { title: "同一条消息的代码" };
