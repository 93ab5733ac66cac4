//! Author files as values: what to write anew, what to mend. Nothing here reads or writes a disk.

pub mod diff;
pub mod files;
pub mod format;
pub mod init;
pub mod mend;
pub mod new;
pub mod rename;
