using System.Net;
using RecordHub.Core.Access;

namespace RecordHub.Server.Hosting;

/// <summary>A referring site as it is configured (<c>Sites:0:Name</c> and so on).</summary>
public sealed record SiteOptions
{
    /// <summary>Its name; unique, and what commands and records call it.</summary>
    public required string Name { get; init; }

    /// <summary>The AE title it calls from and is called by; null when it speaks no DICOM.</summary>
    public string? AeTitle { get; init; }

    /// <summary>The addresses it calls from (<c>Address</c>); empty when any address will do.</summary>
    public IReadOnlyList<IPNetwork> CallsFrom { get; init; } = [];

    /// <summary>The name or address at which it is called (<c>Host</c>); null when it is not called.</summary>
    public string? Host { get; init; }

    /// <summary>The port at which it is called (<c>Port</c>); null when it is not called.</summary>
    public int? Port { get; init; }

    /// <summary>
    /// The AE title by which it knows us as a destination of C-MOVE (<c>MoveDestination</c>); null when it does not move to us.
    /// </summary>
    public string? MoveDestination { get; init; }

    /// <summary>How often it is asked for what open cases lack (<c>PullSeconds</c>); null when only <c>pull</c> asks it.</summary>
    public TimeSpan? PullEvery { get; init; }

    /// <summary>The base of its FHIR interface; null when it has none.</summary>
    public Uri? FhirUrl { get; init; }

    /// <summary>The base of its DICOMweb interface; null when it has none.</summary>
    public Uri? DicomWebUrl { get; init; }

    /// <summary>What it may ask of the DICOM door.</summary>
    public SiteVerbs Verbs { get; init; } = SiteVerbs.Sender;

    /// <summary>Which records it finds.</summary>
    public SiteSight Sees { get; init; }

    /// <summary>
    /// Whose site it is: then nothing of it reaches another tenant. Null for a site that sends to several: what it sends
    /// is the tenant's whose AE title it calls, or else the default one's.
    /// </summary>
    public Tenant? Tenant { get; init; }

    /// <summary>
    /// The certificate that it calls with (<c>Certificate</c>): the SHA-256 fingerprint, or a name that a trusted authority
    /// gave it. Null when none is asked for.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>Whether it is called over TLS (<c>Tls</c>).</summary>
    public bool Tls { get; init; }

    /// <summary>The user identity that it has to give; null when none is asked for.</summary>
    public SiteUser? User { get; init; }

    /// <summary>What it may take of the DICOM door.</summary>
    public SiteLimits Limits { get; init; } = new();

    /// <summary>The issuer to assume for patient identifiers that name none; null when nothing may be assumed.</summary>
    public string? DefaultIssuer { get; init; }
}
