namespace RecordHub.Core.Checklists;

/// <summary>The checklists, one per specialty: those that come with the product, or a folder's in their place.</summary>
public sealed class ChecklistSet
{
    private ChecklistSet()
    {
    }

    /// <summary>The checklists that come with the product.</summary>
    public static ChecklistSet BuiltIn { get; } = new();

    /// <summary>The specialties that have a checklist, in ordinal order.</summary>
    public IReadOnlyList<string> Specialties => throw new NotImplementedException();

    /// <summary>The built-in checklists, each replaced by <c>{specialty}.json</c> of the folder where there is one.</summary>
    /// <exception cref="FormatException">A file is no checklist; the message names the file and what is wrong.</exception>
    public static ChecklistSet Load(string folder) => throw new NotImplementedException();
}
