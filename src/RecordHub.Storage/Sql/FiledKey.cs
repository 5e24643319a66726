using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>One thing that an item has put into cases, as the table <c>filed</c> names it.</summary>
internal readonly record struct FiledKey(string Kind, string Key)
{
    internal const string Resource = "resource";
    internal const string Binary = "binary";
    internal const string Instance = "instance";
    internal const string Link = "link";

    /// <summary>
    /// What <see cref="Session.Lock"/> is asked for by whoever says it or takes it back; for an instance its study, as a
    /// server has room for some thousands of locks.
    /// </summary>
    internal IEnumerable<string> Locks => Kind switch
    {
        Resource => [ResourceWrite.LockOf(ToResource())],
        Instance => StudyWrite.Resources(InstanceWrite.StudyOf(Key)).Select(ResourceWrite.LockOf),
        Link => [CaseRows.LockOf(ToLink().Identifier), ResourceWrite.LockOf(("Patient", ToLink().PatientId))],
        _ => [$"{Kind} {Key}"],
    };

    /// <summary>All that a filing puts into cases.</summary>
    internal static IEnumerable<FiledKey> Of(Filing filing) =>
    [
        .. filing.Resources.Select(Of),
        .. filing.Binaries.Select(binary => new FiledKey(Binary, binary.Id)),
        .. filing.Instances.Select(instance => new FiledKey(Instance, InstanceWrite.KeyOf(instance))),
        .. filing.Links.Select(Of),
    ];

    internal static FiledKey Of(StoredResource resource) => new(Resource, $"{resource.Type}/{resource.Id}");

    internal static FiledKey Of(IdentifierLink link) =>
        new(Link, StoredJson.Of([link.Identifier.Issuer, link.Identifier.Value, link.PatientId]));

    internal (string Type, string Id) ToResource()
    {
        int slash = Key.IndexOf('/', StringComparison.Ordinal);
        return (Key[..slash], Key[(slash + 1)..]);
    }

    internal (PatientIdentifier Identifier, string PatientId) ToLink()
    {
        IReadOnlyList<string> parts = StoredJson.ToLines(Key);
        return (new PatientIdentifier(parts[0], parts[1]), parts[2]);
    }
}
