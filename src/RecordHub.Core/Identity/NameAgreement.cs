namespace RecordHub.Core.Identity;

/// <summary>How far two sets of writings of a person's name agree.</summary>
internal enum NameAgreement
{
    /// <summary>One of the two names nobody.</summary>
    Unsaid,

    /// <summary>Family and given name agree in one of the writings.</summary>
    Same,

    /// <summary>Neither the same nor certainly another's.</summary>
    Unclear,

    /// <summary>The same family name with another given name: twins, siblings, or a father.</summary>
    OtherGiven,

    /// <summary>Another family name and another given name.</summary>
    Different,
}
