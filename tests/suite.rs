//! The one integration binary; its stories lie in `suite/`.

mod suite {
    mod architecture;
    mod cli;
    mod fixtures;
    mod markdown;
    mod output;
}
