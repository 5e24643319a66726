namespace RecordHub.Dicom.Deidentification;

/// <summary>How instances are de-identified: the basic profile of PS3.15 Annex E, with options.</summary>
public sealed record DeidentificationOptions
{
    /// <summary>Replacements are derived from it.</summary>
    public required DeidentificationKey Key { get; init; }

    public IReadOnlySet<ConfidentialityOption> Options { get; init; } = new HashSet<ConfidentialityOption>();

    /// <summary>The new Patient ID; null: one derived from the key.</summary>
    public string? PatientId { get; init; }

    /// <summary>The new Patient's Name; null: one with the new Patient ID.</summary>
    public string? PatientName { get; init; }

    /// <summary>Takes instances that say that text is burned into their pixels.</summary>
    public bool AllowBurnedIn { get; init; }

    /// <summary>Where <see cref="ConfidentialityOption.CleanPixelData"/> blanks pixels.</summary>
    public PixelCleaning Pixels { get; init; } = new();

    /// <summary>Puts an empty document in place of an encapsulated PDF or CDA.</summary>
    public bool ReplaceDocuments { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(DeidentificationOptions);
}
