//! The inspector: every frame, and what every byte of it means.

use crate::locale::words::InspectorWords;

pub(super) const INSPECTOR: InspectorWords = InspectorWords { title: "Inspector" };
