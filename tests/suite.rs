//! The one integration binary; its stories lie in `suite/`.

mod suite {
    mod architecture;
    mod fixtures;
    mod markdown;
    mod output;
}
