using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>Tells the log what a sender offered in vain. Pure.</summary>
internal static class RefusedContexts
{
    private const int MostTold = 8;

    /// <summary>What was not taken, by name, the first few of it; null when everything was.</summary>
    public static string? Describe(IReadOnlyList<RefusedContext> refused)
    {
        string[] told = [.. refused.Select(Describe).Distinct(StringComparer.Ordinal)];
        return told.Length switch
        {
            0 => null,
            <= MostTold => string.Join("; ", told),
            _ => $"{string.Join("; ", told.Take(MostTold))}; and {told.Length - MostTold} more",
        };
    }

    /// <summary>Whether a setting may be missing: not so for services of the standard that are not served here.</summary>
    public static bool MayLackASetting(IReadOnlyList<RefusedContext> refused) => refused.Any(context =>
        context.Result is PresentationContextResult.TransferSyntaxesNotSupported or PresentationContextResult.UserRejection
        || !UidDictionary.TryGet(context.Proposed.AbstractSyntax, out _));

    private static string Describe(RefusedContext refused)
    {
        string sopClass = Name(refused.Proposed.AbstractSyntax);
        return refused.Result switch
        {
            PresentationContextResult.TransferSyntaxesNotSupported =>
                $"{sopClass} in {string.Join(", ", refused.Proposed.TransferSyntaxes.Take(MostTold).Select(Name))}",
            PresentationContextResult.UserRejection => $"{sopClass} (not among the site's Verbs)",
            _ => sopClass,
        };
    }

    private static string Name(Uid uid) => uid.IsNone ? "no UID" : UidDictionary.NameOf(uid);
}
