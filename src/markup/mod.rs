//! Text and time to pieces of HTML: pure, safe whatever the author wrote.

pub mod html;
pub mod image;
pub mod markdown;
