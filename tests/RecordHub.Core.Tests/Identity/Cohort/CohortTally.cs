namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>What became of the records of one class.</summary>
internal sealed class CohortTally
{
    /// <summary>Records that are the person's own.</summary>
    internal int Own { get; set; }

    /// <summary>Records of somebody else.</summary>
    internal int Others { get; set; }

    /// <summary>Decisions: each record comes for a named case, by an identifier, and by name and birth date alone.</summary>
    internal int Decisions { get; set; }

    /// <summary>Own records that were filed without a person.</summary>
    internal Dictionary<CohortRoute, int> Found { get; } = Enum.GetValues<CohortRoute>().ToDictionary(route => route, _ => 0);

    /// <summary>Records that were filed into another person's case.</summary>
    internal int FalseLinks { get; set; }

    /// <summary>Decisions left to a person.</summary>
    internal int Held { get; set; }

    internal void Add(CohortTally other)
    {
        Own += other.Own;
        Others += other.Others;
        Decisions += other.Decisions;
        FalseLinks += other.FalseLinks;
        Held += other.Held;
        foreach (CohortRoute route in Found.Keys)
        {
            Found[route] += other.Found[route];
        }
    }
}
