//! The list of frames, pasted bytes, and the composer.

/// The words of the list of frames, of pasted bytes and of the composer.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct FramesWords {
    pub tabs: &'static str,
    pub tab_list: &'static str,
    pub tab_paste: &'static str,
    pub tab_compose: &'static str,

    // The list
    pub counts: fn(FrameCounts) -> String,
    pub list: &'static str,
    pub empty: &'static str,
    pub none_match: &'static str,
    pub empty_file: &'static str,
    pub listed: fn(usize, usize) -> String,
    pub column_number: &'static str,
    pub column_time: &'static str,
    pub column_type: &'static str,
    pub column_summary: &'static str,
    pub column_id: &'static str,
    pub column_size: &'static str,
    pub column_answer: &'static str,
    pub sent: &'static str,
    pub received: &'static str,
    pub answered: fn(u64, std::time::Duration) -> String,
    pub composed: &'static str,
    pub hidden: &'static str,
    pub connection: fn(u32) -> String,
    pub pause: &'static str,
    pub resume: fn(u64) -> String,
    pub to_newest: fn(u64) -> String,
    pub clear: &'static str,

    // Filters
    pub filter_type: &'static str,
    pub all_types: &'static str,
    pub without_pings: &'static str,
    pub filter_direction: &'static str,
    pub both_directions: &'static str,
    pub filter_topic: &'static str,
    pub filter_topic_example: &'static str,
    pub filter_text: &'static str,
    pub filter_text_example: &'static str,

    // Secrets
    pub show_secrets: &'static str,

    // Drafts
    pub drafts: &'static str,
    pub draft_login: &'static str,
    pub draft_upload: &'static str,
    pub draft_broken: &'static str,
    pub draft_hint: &'static str,

    // The chosen frame
    pub nothing_chosen: &'static str,
    pub frame_title: fn(u64) -> String,
    pub edit_bytes: &'static str,
    pub edit_secret: &'static str,
    pub copy_hex: &'static str,
    pub copied: &'static str,
    pub copy_by_hand: &'static str,

    // Files
    pub download: &'static str,
    pub export_secrets_warning: &'static str,
    pub exported: fn(usize, usize) -> String,
    pub importing: &'static str,
    pub oldest_left_out: fn(u64) -> String,
    pub import_unreadable: &'static str,

    // Paste
    pub paste_example: &'static str,
    pub paste_empty: &'static str,
    pub paste_frames: &'static str,
    pub more: fn(usize) -> String,
    pub compare_none: &'static str,
    pub compare_same: &'static str,
    pub compare_field: &'static str,
    pub compare_verdict: &'static str,
    pub compare_only_differences: &'static str,

    // Composer
    pub compose_label: &'static str,
    pub compose_hint: &'static str,
    pub compose_from_login: &'static str,
    pub compose_from_upload: &'static str,
    pub compose_bits: fn(usize) -> String,
    pub compose_bits_hint: &'static str,
    pub flip_bit: fn(u8, bool) -> String,
    pub set_length: &'static str,
    pub compose_way: &'static str,
    pub compose_here: &'static str,
    pub compose_alone: &'static str,
    pub compose_alone_hint: &'static str,
    pub compose_here_hint: &'static str,
    pub compose_real: &'static str,
    pub compose_sure: &'static str,
    pub send: &'static str,
    pub compose_happened: &'static str,
    pub compose_nothing_yet: &'static str,
    pub probe_opening: &'static str,
    pub probe_open: &'static str,
    pub probe_silent: &'static str,
    pub probe_replaced: &'static str,
    pub probe_too_large: &'static str,
}

/// What the head of the list counts: captured = kept + evicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameCounts {
    /// Frames ever captured.
    pub captured: u64,
    /// Frames kept.
    pub kept: u64,
    /// Frames no longer kept.
    pub evicted: u64,
}
