//! Renaming in an editor: which names it may change, and where.

use super::book::Book;
use crate::base::Said;
use crate::said;
use crate::schema::names::{self, Found, Symbol};

/// Whether a name is one that an editor may change.
pub(super) fn renamable(book: &Book, symbol: &Symbol) -> Result<(), Said> {
    let own = names::own_path(symbol.refers, &symbol.word);
    if own.is_some_and(|path| book.sources.find(&path).is_some()) {
        return Err(said!(
            "the name is that of a file or folder: `playbook rename` changes it everywhere and keeps the old address",
            "这个名称是文件或文件夹名：请用 `playbook rename` 改名，各处引用一并更新，旧网址仍然有效"
        ));
    }
    let is_made = names::all(&book.sources, symbol).iter().any(|found| found.defines);
    if is_made && !names::is_standard(&book.model.policy, symbol) {
        return Ok(());
    }
    Err(said!(
        "the name is made by policy or nowhere, so it cannot be changed here",
        "这个名称来自政策或没有定义，不能在这里修改"
    ))
}

/// The places to write a new name at, and what to write.
pub(super) fn rename(book: &Book, symbol: &Symbol, new: &str) -> Result<(Vec<Found>, String), Said> {
    renamable(book, symbol)?;
    names::renamed(&book.sources, symbol, new)?;
    Ok((names::all(&book.sources, symbol), new.to_owned()))
}
