namespace RecordHub.Core.Checklists;

/// <summary>The checklists, one per specialty: those that come with the product, or a folder's in their place.</summary>
public sealed class ChecklistSet
{
    private static readonly string[] s_builtIn = ["cardiology", "neurology", "oncology", "paediatrics"];
    private static readonly Lazy<ChecklistSet> s_set = new(() => new ChecklistSet(s_builtIn.Select(Checklist.BuiltIn)));
    private readonly SortedDictionary<string, Checklist> _bySpecialty = new(StringComparer.Ordinal);

    private ChecklistSet(IEnumerable<Checklist> checklists)
    {
        foreach (Checklist checklist in checklists)
        {
            _bySpecialty[checklist.Specialty] = checklist;
        }
    }

    /// <summary>The checklists that come with the product.</summary>
    public static ChecklistSet BuiltIn => s_set.Value;

    /// <summary>The specialties that have a checklist, in ordinal order.</summary>
    public IReadOnlyList<string> Specialties => [.. _bySpecialty.Keys];

    /// <summary>The built-in checklists, each replaced by <c>{specialty}.json</c> of the folder where there is one.</summary>
    /// <exception cref="FormatException">A file is no checklist; the message names the file and what is wrong.</exception>
    public static ChecklistSet Load(string folder)
    {
        List<Checklist> all = [.. s_builtIn.Select(Checklist.BuiltIn)];
        if (Directory.Exists(folder))
        {
            all.AddRange(Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read));
        }

        return new ChecklistSet(all);
    }

    /// <summary>The checklist of a specialty; one without items when its file is gone.</summary>
    public Checklist For(string specialty) => _bySpecialty.TryGetValue(specialty, out Checklist? checklist)
        ? checklist : new Checklist(specialty, "There is no checklist for this specialty.", []);

    private static Checklist Read(string path)
    {
        try
        {
            Checklist checklist = Checklist.Parse(File.ReadAllBytes(path));
            return checklist.Specialty == Path.GetFileNameWithoutExtension(path)
                ? checklist
                : throw new FormatException("specialty is not the file's name.");
        }
        catch (FormatException error)
        {
            throw new FormatException($"{Path.GetFileName(path)}: {error.Message}", error);
        }
    }
}
