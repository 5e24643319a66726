namespace RecordHub.Core.Checklists;

/// <summary>What counts as a checklist item: everything that is said must hold, lists are alternatives.</summary>
public sealed record ChecklistMatch
{
    /// <summary>Resource types.</summary>
    public IReadOnlyList<string> Resource { get; init; } = [];

    /// <summary>LOINC codes.</summary>
    public IReadOnlyList<string> Loinc { get; init; } = [];

    /// <summary>Modalities of a study.</summary>
    public IReadOnlyList<string> Modality { get; init; } = [];

    /// <summary>SOP classes in a study.</summary>
    public IReadOnlyList<string> SopClass { get; init; } = [];

    /// <summary>Words in a study's body sites.</summary>
    public IReadOnlyList<string> BodySite { get; init; } = [];

    /// <summary>The key of the section that it was sorted into.</summary>
    public string? Section { get; init; }

    /// <summary>The question that the case itself asks.</summary>
    public bool Question { get; init; }

    /// <summary>An earlier study of a modality or body site that the newest studies have too.</summary>
    public bool Earlier { get; init; }
}
