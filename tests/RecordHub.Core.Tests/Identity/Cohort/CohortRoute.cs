namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>How a record comes.</summary>
internal enum CohortRoute
{
    /// <summary>For a case that the sender named.</summary>
    Named,

    /// <summary>With an identifier that is known.</summary>
    Identifier,

    /// <summary>With nothing but name, birth date and sex.</summary>
    NameAndBirthDate,
}
