namespace RecordHub.Dicom.Files;

/// <summary>A fragment of encapsulated pixel data: the place of its bytes, without the item's header.</summary>
public readonly record struct PixelFragment(long Offset, long Length);
