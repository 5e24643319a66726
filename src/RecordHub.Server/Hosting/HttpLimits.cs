namespace RecordHub.Server.Hosting;

/// <summary>What the HTTP doors take, and what one request may ask of them. The capability statement repeats the FHIR ones.</summary>
public sealed record HttpLimits
{
    /// <summary>Connections at a time (<c>Http:MaxConnections</c>); one more is answered 503 and closed.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>Bytes of one FHIR request (<c>Fhir:MaxBodyBytes</c>); over it 413.</summary>
    public long FhirBodyBytes { get; init; } = 1L << 30;

    /// <summary>Matches on one search page at most (<c>Fhir:MaxPageSize</c>).</summary>
    public int FhirPageSize { get; init; } = 1000;

    /// <summary>Matches on one search page when the client does not say (<c>Fhir:PageSize</c>).</summary>
    public int FhirDefaultPageSize { get; init; } = 50;

    /// <summary>How long a submission waits to hear where it was filed (<c>Fhir:FilingWaitSeconds</c>).</summary>
    public TimeSpan FilingWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one imported or uploaded file (<c>Http:MaxUploadBytes</c>).</summary>
    public long UploadBytes { get; init; } = 64L << 30;

    /// <summary>How long an access token of a client counts (<c>Auth:AccessTokenSeconds</c>).</summary>
    public TimeSpan AccessTokenLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Matches of one QIDO-RS answer at most (<c>DicomWeb:MaxMatches</c>).</summary>
    public int QidoMatches { get; init; } = 1000;
}
