//! Parts of the page that are loaded when they are asked for: what a part is, and how it comes.

use std::future::Future;
use std::pin::Pin;
use std::ptr;
use std::sync::OnceLock;

/// The part could not be loaded: the server is not there, or has another version of the page by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotLoaded;

#[cfg(feature = "parts")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// What a part gives is on its way.
pub type Coming<T> = Pin<Box<dyn Future<Output = Result<T, NotLoaded>>>>;

/// A part of the page, through what it gives: a function, or a table of them.
pub struct Part<T: 'static> {
    load: fn() -> Coming<T>,
    here: OnceLock<T>,
}

impl<T> PartialEq for Part<T> {
    /// Every part is one of a kind.
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self, other)
    }
}

impl<T: Copy> Part<T> {
    /// A part that `load` brings.
    pub const fn new(load: fn() -> Coming<T>) -> Self {
        Self { load, here: OnceLock::new() }
    }

    /// What it gives, if it is here.
    pub fn get(&self) -> Option<T> {
        self.here.get().copied()
    }

    /// What it gives, brought here if it is not.
    ///
    /// # Errors
    ///
    /// When it cannot be loaded. It can be tried again.
    pub async fn load(&self) -> Result<T, NotLoaded> {
        if let Some(here) = self.get() {
            return Ok(here);
        }
        let here = (self.load)().await?;
        Ok(*self.here.get_or_init(|| here))
    }
}

/// A static [`Part`]. Where the page is shipped in parts, the value and all that nothing else needs is in the named
/// file; parts may share one.
macro_rules! part {
    ($(#[$doc:meta])* $vis:vis static $part:ident: $type:ty = $file:ident($value:expr)) => {
        $(#[$doc])*
        $vis static $part: $crate::part::Part<$type> = {
            #[cfg(feature = "parts")]
            #[wasm_split_helpers::wasm_split($file, fallible)]
            fn $file() -> Result<$type, $crate::part::NotLoaded> {
                Ok($value)
            }
            #[cfg(not(feature = "parts"))]
            async fn $file() -> Result<$type, $crate::part::NotLoaded> {
                Ok($value)
            }
            $crate::part::Part::new(|| Box::pin($file()))
        };
    };
}
pub(crate) use part;
