using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Intake;

/// <summary>Where an item came from, as the door knows it. Holds a file name, which may name a patient.</summary>
public sealed record Source
{
    /// <summary>The entrance.</summary>
    public required Door Door { get; init; }

    /// <summary>The referring site's configured name; null when the sender is not a known site.</summary>
    public string? Site { get; init; }

    /// <summary>The issuer to assume for identifiers that name none; null when the site has no default.</summary>
    public string? DefaultIssuer { get; init; }

    /// <summary>Who sent it: a calling AE title, or a token's name. Never a patient.</summary>
    public string? Sender { get; init; }

    /// <summary>The case that the sender named; none when it named none. It is verified, not believed.</summary>
    public CaseNumber Case { get; init; }

    /// <summary>Whose door it came in by: nobody else sees it.</summary>
    public Tenant Tenant { get; init; }

    /// <summary>The path or name given by the sender; may hold a patient's name, so it is never logged.</summary>
    public string? FileName { get; init; }

    /// <summary>The media type declared by the sender; a hint only.</summary>
    public string? MediaType { get; init; }

    /// <summary>
    /// The item of the e-mail that it came in (<see cref="ItemId"/>); null mostly. Whom that names speaks against a file that
    /// names nobody.
    /// </summary>
    public string? Within { get; init; }

    /// <summary>Whether the archives in it are left closed: else whoever gave it in gave in what is in them too.</summary>
    public bool LeavesArchives { get; init; }

    /// <summary>The type only: the members may name a patient.</summary>
    public override string ToString() => nameof(Source);
}
