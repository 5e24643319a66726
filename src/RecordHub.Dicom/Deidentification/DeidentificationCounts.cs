namespace RecordHub.Dicom.Deidentification;

/// <summary>How many elements of an instance, nested ones included, were changed in which way. Holds no value of any.</summary>
public sealed record DeidentificationCounts
{
    public int Removed { get; internal set; }

    public int Emptied { get; internal set; }

    public int Replaced { get; internal set; }

    public int UidsMapped { get; internal set; }

    public int DatesShifted { get; internal set; }

    public int Cleaned { get; internal set; }

    /// <summary>Private elements that were removed, among <see cref="Removed"/>.</summary>
    public int PrivateRemoved { get; internal set; }

    /// <summary>Texts that the table keeps and that named something taken out elsewhere; replaced.</summary>
    public int TextsWithIdentifiers { get; internal set; }

    /// <summary>Regions of which pixels were blanked; everything outside of those that an ultrasound image declares is one.</summary>
    public int RegionsBlanked { get; internal set; }

    /// <summary>Pixels of all frames that were blanked.</summary>
    public long PixelsBlanked { get; internal set; }
}
