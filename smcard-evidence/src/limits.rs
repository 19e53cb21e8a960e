//! How much is read of what, and why no more: a file may be made to exhaust whoever looks at it.

/// How much of a file or member decides what it is: the header of a tar has 512 bytes.
pub(crate) const HEAD: usize = 1024;

/// How much is read at a time.
pub(crate) const BUFFER: usize = 64 * 1024;

/// How much is read first: more than [`HEAD`].
pub(crate) const FIRST: usize = 4 * 1024;

/// How much is unpacked at a time, and of how much: what a decompressor has made in the call in which it fails is lost,
/// and a loader may have got that by then. Python takes and makes 8 KiB and more at a time.
pub(crate) const UNPACK: usize = 1024;

/// How many bytes must unpack before something is known to be compressed that begins as other files do too.
pub(crate) const SURE: usize = 64;

/// How deep containers may stand in each other. Real ones have three: a pickle in a zip in a compressed tar.
pub(crate) const DEPTH: usize = 8;

/// How many members of an archive are looked at. The checkpoints with the most tensors have some ten thousand.
pub(crate) const MEMBERS: u64 = 100_000;

/// How much may be read out of containers in all, whatever the size of the file: enough for a small file that
/// compresses well.
pub(crate) const UNPACKED: u64 = 64 << 20;

/// How many times the size of the file may be read out of containers in all. Weights hardly compress; text does by ten.
pub(crate) const RATIO: u64 = 100;

/// How large an archive that is itself compressed may be: only in memory can its end be read first.
pub(crate) const IN_MEMORY: u64 = 32 << 20;

/// How much memory a decompressor may ask for, in KiB: what `xz -9` needs.
pub(crate) const DECOMPRESSOR_KIB: u32 = 65 << 10;

/// How many findings of each severity are kept; the rest are counted.
pub(crate) const FINDINGS: usize = 100;

/// How long a name, a key or a value of a file may be to be repeated.
pub(crate) const TEXT: usize = 1024;

/// How long a path may be: more than systems take.
pub(crate) const PATH: usize = 64 << 10;

/// How many names, keys and the like of a file are repeated.
pub(crate) const LISTED: usize = 256;

/// How large the header of a safetensors file may be: its own library refuses more.
pub(crate) const SAFETENSORS_HEADER: u64 = 100_000_000;

/// How long a text may be that can be the name of a module or of what it holds.
pub(crate) const NAME: usize = 512;

/// How many digits a number of a memo may have: Python reads no more.
pub(crate) const DIGITS: usize = 4300;

/// How many values of the stack of a pickle are told apart. What stands above is data to us.
pub(crate) const STACK: usize = 1 << 18;

/// How many entries the stack of a pickle may have at all, runs of data counted once.
pub(crate) const STACK_ENTRIES: usize = 1 << 22;

/// How many bytes the names that a pickle may come back to can take: a vocabulary has millions of words, and none of
/// them is a module.
pub(crate) const MEMO: usize = 48 << 20;

/// How many gaps between the numbers of a memo are told apart. Only what counts them by hand has any.
pub(crate) const HOLES: usize = 4096;

/// How many items of a tuple or a mapping are told apart: an array has at most this many dimensions.
pub(crate) const ITEMS: usize = 16;

/// How many different globals of a pickle are told apart. Real ones have some hundred.
pub(crate) const GLOBALS: usize = 4096;

/// How many pickles may stand in one file: joblib and PyTorch's old format write few.
pub(crate) const STREAMS: u64 = 1 << 20;

/// How large a chat template is read: the longest known have some 30 KB.
pub(crate) const TEMPLATE: usize = 1 << 20;

/// How deep the graphs of an ONNX model stand in each other.
pub(crate) const GRAPHS: usize = 32;

/// How large the configuration of a Keras model may be.
pub(crate) const KERAS_CONFIG: u64 = 256 << 20;

/// How large a report may be that is one JSON object. The largest of promptfoo, with all that a model said, have some
/// ten MB.
pub(crate) const REPORT: u64 = 256 << 20;

/// How much of a report may stand in one line or one element, which is all that is held of it at once.
pub(crate) const REPORT_PIECE: u64 = 64 << 20;

/// How deep the elements of a report may stand in each other. Suites in suites have some ten.
pub(crate) const ELEMENTS: usize = 256;
