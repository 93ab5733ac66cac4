//! The macros that declare records and closed sets of words.

/// Declares a record read from a TOML table: the struct, its decoder, and the table of its keys.
///
/// Modes: `required` and `optional` make `Option<T>`; `needed` (must be written) and `default` make `T`, its
/// default where the file has none; `list` makes `Vec<T>`; `rest` takes all other keys; `keys` lists those that
/// are written, so that a check can tell a broken value from a missing one.
/// Keys are the words in quotes; every record has `span`, the words of its header, and `sound`.
#[macro_export]
macro_rules! shape {
    ($(#[doc = $doc:literal])* $vis:vis struct $name:ident {
        $( $(#[doc = $fdoc:literal])* $key:literal $field:ident: $mode:ident $ty:ty ),* $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        $vis struct $name {
            /// The words of its header.
            $vis span: $crate::base::Span,
            /// Whether reading found nothing wrong in it: what is missing in an unsound record may only be mistyped.
            $vis sound: bool,
            $( $(#[doc = $fdoc])* $vis $field: $crate::shape!(@type $mode $ty), )*
        }

        impl $crate::sources::shape::Record for $name {
            const FIELDS: &'static [$crate::sources::shape::Field] = $crate::shape!(@fields [] $( ($mode, $key, $ty, concat!($($fdoc, "\n"),*)) )*);
            const SHAPE: $crate::sources::shape::Shape = $crate::sources::shape::Shape {
                name: stringify!($name),
                docs: concat!($($doc, "\n"),*),
                fields: <Self as $crate::sources::shape::Record>::FIELDS,
                rest: $crate::shape!(@rest $( ($mode, $ty) )*),
            };

            #[allow(unused_mut, unused_variables, unused_assignments)]
            fn read(table: &$crate::sources::toml::Table, found: &mut $crate::base::Found) -> Self {
                let reader = $crate::sources::shape::Reader::new(table);
                let mut open = false;
                let before = found.len();
                $( let $field = $crate::shape!(@read $mode $ty, $key, reader, found, open, Self); )*
                if !open {
                    reader.finish(Self::FIELDS, found);
                }
                Self { span: table.span, sound: found.len() == before, $($field),* }
            }
        }

        impl $crate::sources::shape::Decode for $name {
            fn decode(value: &$crate::sources::toml::Value, found: &mut $crate::base::Found) -> Option<Self> {
                match &value.kind {
                    $crate::sources::toml::Kind::Table(table) => {
                        Some(<Self as $crate::sources::shape::Record>::read(table, found))
                    }
                    _ => {
                        $crate::sources::shape::wrong_type(value, &Self::wanted(), found);
                        None
                    }
                }
            }
            fn wanted() -> $crate::base::Said {
                $crate::said!("a table", "表")
            }
            fn form() -> $crate::sources::shape::Form {
                $crate::sources::shape::Form::Record(<Self as $crate::sources::shape::Record>::SHAPE)
            }
        }
    };
    (@rest) => { None };
    (@rest (rest, $ty:ty) $($more:tt)*) => { Some(<$ty as $crate::sources::shape::Decode>::form) };
    (@rest ($mode:ident, $ty:ty) $($more:tt)*) => { $crate::shape!(@rest $($more)*) };
    (@type required $ty:ty) => { Option<$ty> };
    (@type optional $ty:ty) => { Option<$ty> };
    (@type needed $ty:ty) => { $ty };
    (@type default $ty:ty) => { $ty };
    (@type list $ty:ty) => { Vec<$ty> };
    (@type keys $ty:ty) => { Vec<$ty> };
    (@type rest $ty:ty) => { $crate::sources::shape::Entries<$ty> };
    (@read required $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.required::<$ty>($key, $f) };
    (@read optional $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.optional::<$ty>($key, $f) };
    (@read needed $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.required::<$ty>($key, $f).unwrap_or_default() };
    (@read default $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.optional::<$ty>($key, $f).unwrap_or_default() };
    (@read list $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.list::<$ty>($key, $f) };
    (@read keys $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.keys() };
    (@read rest $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => {{
        $o = true;
        $r.rest::<$ty>(<$s as $crate::sources::shape::Record>::FIELDS, $f)
    }};
    (@fields [$($done:tt)*]) => { &[$($done)*] };
    (@fields [$($done:tt)*] (keys, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)*] $($more)*)
    };
    (@fields [$($done:tt)*] (rest, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)*] $($more)*)
    };
    (@fields [$($done:tt)*] (required, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: true, wanted: <$ty as $crate::sources::shape::Decode>::wanted,
            form: <$ty as $crate::sources::shape::Decode>::form,
        },] $($more)*)
    };
    (@fields [$($done:tt)*] (optional, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: false, wanted: <$ty as $crate::sources::shape::Decode>::wanted,
            form: <$ty as $crate::sources::shape::Decode>::form,
        },] $($more)*)
    };
    (@fields [$($done:tt)*] (needed, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: true, wanted: <$ty as $crate::sources::shape::Decode>::wanted,
            form: <$ty as $crate::sources::shape::Decode>::form,
        },] $($more)*)
    };
    (@fields [$($done:tt)*] (default, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: false, wanted: <$ty as $crate::sources::shape::Decode>::wanted,
            form: <$ty as $crate::sources::shape::Decode>::form,
        },] $($more)*)
    };
    (@fields [$($done:tt)*] (list, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: false, wanted: <Vec<$ty> as $crate::sources::shape::Decode>::wanted,
            form: <Vec<$ty> as $crate::sources::shape::Decode>::form,
        },] $($more)*)
    };
}

/// Declares a closed set of words: the enum, its decoder with "did you mean", `ALL` and `word()`.
#[macro_export]
macro_rules! vocabulary {
    ($(#[doc = $doc:literal])* $vis:vis enum $name:ident, $en:literal / $zh:literal {
        $( $(#[doc = $vdoc:literal])* $variant:ident = $word:literal ),* $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        $vis enum $name { $( $(#[doc = $vdoc])* #[serde(rename = $word)] $variant ),* }

        impl $name {
            /// All of them, in order.
            $vis const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word authors write.
            $vis fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// Reads the word back.
            $vis fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl $crate::sources::shape::Decode for $name {
            fn decode(value: &$crate::sources::toml::Value, found: &mut $crate::base::Found) -> Option<Self> {
                let word = <String as $crate::sources::shape::Decode>::decode(value, found)?;
                let known = Self::from_word(&word);
                if known.is_none() {
                    let what = $crate::base::Said { en: $en.to_owned(), zh: $zh.to_owned() };
                    let words = [$($word),*];
                    found.push($crate::sources::shape::bad_value(value.span, &word, &what, words));
                }
                known
            }
            fn wanted() -> $crate::base::Said {
                $crate::base::words::one_of([$($word),*])
            }
            fn form() -> $crate::sources::shape::Form {
                $crate::sources::shape::Form::Words(&[$( ($word, concat!($($vdoc, "\n"),*)) ),*])
            }
        }
    };
}
