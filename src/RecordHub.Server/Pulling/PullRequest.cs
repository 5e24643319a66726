using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Pulling;

/// <summary>What is to be fetched from a site. Prints no member: an identifier is a patient's.</summary>
public sealed record PullRequest
{
    /// <summary>The site.</summary>
    public required SiteOptions Site { get; init; }

    /// <summary>Patient identifiers, as the site has them; empty for those of everybody.</summary>
    public IReadOnlyList<string> PatientIds { get; init; } = [];

    /// <summary>Study Instance UIDs.</summary>
    public IReadOnlyList<string> Studies { get; init; } = [];

    /// <summary>Accession numbers; they are asked for only of a patient with the birth date.</summary>
    public IReadOnlyList<string> Accessions { get; init; } = [];

    /// <summary>The patient's birth date as DICOM writes it; null when it is not known to the day.</summary>
    public string? BirthDate { get; init; }

    /// <summary>The first study date; null for any.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The case that everything is for; none when each record has to find its own. It is verified, not believed.</summary>
    public CaseNumber Case { get; init; }

    /// <summary>Whose records they become.</summary>
    public Tenant Tenant { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(PullRequest);
}
