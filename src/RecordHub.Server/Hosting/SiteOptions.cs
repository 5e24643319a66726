namespace RecordHub.Server.Hosting;

/// <summary>A referring site as it is configured (<c>Sites:0:Name</c> and so on).</summary>
public sealed record SiteOptions
{
    /// <summary>Its name; unique, and what commands and records call it.</summary>
    public required string Name { get; init; }

    /// <summary>The AE title it calls from; null when it sends no DICOM.</summary>
    public string? AeTitle { get; init; }

    /// <summary>The address it calls from; null when any address will do.</summary>
    public string? Address { get; init; }

    /// <summary>The issuer to assume for patient identifiers that name none; null when nothing may be assumed.</summary>
    public string? DefaultIssuer { get; init; }
}
