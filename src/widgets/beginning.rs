//! Texts that may be too long to draw.

/// The first `limit` characters of a text, and how many follow.
pub fn beginning(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{} … +{}", &text[..end], text[end..].chars().count()),
        None => text.to_owned(),
    }
}

/// A name or a value in a table.
pub fn shortened(text: &str) -> String {
    beginning(text, 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_it_leaves_out() {
        assert_eq!(beginning("温度湿度", 4), "温度湿度");
        assert_eq!(beginning("温度湿度", 2), "温度 … +2");
    }
}
