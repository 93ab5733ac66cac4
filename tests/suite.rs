//! The one integration binary; its stories lie in `suite/`.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod suite {
    mod alerts;
    mod architecture;
    mod build;
    mod cadence;
    mod called_off;
    mod campaigns;
    mod cli;
    mod command;
    mod contracts;
    mod control;
    mod dates;
    mod diff;
    mod exports;
    mod fixtures;
    mod fmt;
    mod goals;
    mod history;
    mod hostile;
    mod hosting;
    mod judgement;
    mod library;
    mod links;
    mod lsp;
    mod manual;
    mod markdown;
    mod mending;
    mod output;
    mod pages;
    mod readme;
    mod rename;
    mod review;
    mod rules;
    mod scaffold;
    mod scale;
    mod schema;
    mod search;
    mod serve;
    mod site;
    mod thirty;
    mod views;
    mod walk;
    mod work;
}
