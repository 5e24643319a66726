namespace RecordHub.Dicom.Files;

/// <summary>What was wrong in the input and read anyway: one name per kind.</summary>
public enum ReadTolerance
{
    /// <summary>No 128 bytes of preamble (PS3.10 §7.1).</summary>
    MissingPreamble,

    /// <summary>No <c>DICM</c> after the preamble.</summary>
    MissingPrefix,

    /// <summary>No file meta information; the transfer syntax is guessed from the bytes.</summary>
    MissingFileMeta,

    /// <summary>File meta information without Transfer Syntax UID; guessed from the bytes.</summary>
    MissingTransferSyntax,

    /// <summary>A transfer syntax that the standard does not have.</summary>
    UnknownTransferSyntax,

    /// <summary>The data set is not encoded as its transfer syntax says.</summary>
    WrongTransferSyntax,

    MissingFileMetaGroupLength,
    WrongFileMetaGroupLength,

    /// <summary>Group 2 in implicit VR.</summary>
    ImplicitFileMeta,

    /// <summary>Group 2 in big endian.</summary>
    BigEndianFileMeta,

    /// <summary>A deflated data set with a zlib header, which PS3.5 §A.5 forbids.</summary>
    ZlibWrappedDeflate,

    /// <summary>The deflated bytes are damaged; what could be inflated was read.</summary>
    DamagedDeflate,

    OddLength,

    /// <summary>Two bytes that are no value representation, such as <c>??</c> or blanks.</summary>
    InvalidVr,

    /// <summary>A representation whose length has 32 bits, written with 16 of them as before it was in the standard.</summary>
    ShortLengthForm,

    /// <summary>The two bytes before a 32-bit length are not zero.</summary>
    ReservedBytesSet,

    /// <summary>An element in implicit VR inside an explicit data set.</summary>
    ImplicitElement,

    /// <summary>An element in explicit VR inside an implicit data set or a sequence of unknown representation.</summary>
    ExplicitElement,

    /// <summary>UN where the dictionary knows the representation.</summary>
    UnknownVrResolved,

    /// <summary>A 16-bit length that does not reach the next element: the real one is larger by a multiple of 65,536.</summary>
    LengthOverflow,

    /// <summary>An element or item that says it is longer than what contains it.</summary>
    LengthExceedsParent,

    /// <summary>An item or delimiter where none belongs, or a missing one.</summary>
    MisplacedDelimiter,

    /// <summary>A delimiter that says it has a length.</summary>
    DelimiterWithLength,

    /// <summary>A sequence whose content is not items; kept as bytes.</summary>
    SequenceWithoutItems,

    UndefinedLengthValue,
    OutOfOrder,
    DuplicateElement,
    MissingPrivateCreator,

    /// <summary>An element of group 0 or 2 inside the data set.</summary>
    MisplacedGroup,

    /// <summary>Zero bytes after the last element.</summary>
    TrailingZeros,

    /// <summary>Bytes after the pixel data that are no elements.</summary>
    DataAfterPixelData,

    /// <summary>Bytes after the last element that are no elements; reading stopped there.</summary>
    UnreadableElement,

    /// <summary>Pixel Data encapsulated in a native syntax, or the other way round.</summary>
    PixelEncapsulationMismatch,

    /// <summary>The data set is larger than what is kept; later values have only their place and length.</summary>
    ValuesNotKept,

    /// <summary>The input ended inside an element or before what was declared.</summary>
    Truncated,

    /// <summary>A Specific Character Set that the standard does not spell so.</summary>
    MisspelledCharacterSet,

    /// <summary>A Specific Character Set that is not known; bytes above 127 are replaced.</summary>
    UnknownCharacterSet,

    /// <summary>Bytes that are not text in the declared character set; replaced by U+FFFD.</summary>
    UndecodableText,

    EmptyPatientId,
    MissingSeriesNumber,
}
