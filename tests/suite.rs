//! The one integration binary; its stories lie in `suite/`.

mod suite {
    mod fixtures;
    mod output;
}
