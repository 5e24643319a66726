using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Pulling;

/// <summary>The SOP classes that a C-GET has to be ready for. Pure.</summary>
internal static class RetrieveClasses
{
    /// <summary>Those of the instances. Of a node that does not say them everything is taken, the likeliest first.</summary>
    public static IReadOnlyList<Uid> Of(IReadOnlyList<ListedInstance> missing)
    {
        IEnumerable<Uid> known = missing.Select(one => one.SopClass).Where(sopClass => !sopClass.IsNone);

        // The old and usual classes have the shortest names.
        IEnumerable<Uid> all = missing.All(one => !one.SopClass.IsNone) ? [] : UidDictionary.StorageSopClasses
            .Select(entry => entry.Uid)
            .OrderBy(uid => uid.ToString().Length).ThenBy(uid => uid.ToString(), StringComparer.Ordinal);
        return [.. known.Concat(all).Distinct().Take(ContextPlan.MaxContexts - 1)];
    }

    /// <summary>That we store them (PS3.7 §D.3.3.4).</summary>
    public static IReadOnlyList<RoleSelection> Roles(IReadOnlyList<ListedInstance> missing) =>
        [.. Of(missing).Select(sopClass => new RoleSelection(sopClass, Scu: true, Scp: true))];
}
