namespace RecordHub.Core.Identity.Matching;

/// <summary>What is compared between two people.</summary>
public enum MatchField
{
    /// <summary>The family name.</summary>
    FamilyName,

    /// <summary>The given name.</summary>
    GivenName,

    /// <summary>The birth date.</summary>
    BirthDate,

    /// <summary>The sex.</summary>
    Sex,

    /// <summary>The postcode.</summary>
    Postcode,

    /// <summary>The telephone number.</summary>
    Phone,

    /// <summary>An identifier within its issuer.</summary>
    Identifier,
}
