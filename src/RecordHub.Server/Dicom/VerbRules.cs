using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Which presentation contexts a site's verbs allow. Pure.</summary>
/// <remarks>
/// A context for what the site may not do is answered with result 1, user-rejection (PS3.8 Table 9-18): the node supports
/// it (so it is not 3), and its owner's policy, not the protocol machine, refuses it. Where one context serves two verbs
/// (a storage class is C-STORE's and, with the roles turned, C-GET's) the operation is answered with 0124 instead.
/// </remarks>
internal static class VerbRules
{
    private static readonly Uid s_verification = Uid.Parse("1.2.840.10008.1.1");
    private static readonly Uid s_commitment = Uid.Parse("1.2.840.10008.1.20.1");

    /// <summary>The ids of the proposed contexts that these verbs have no use for.</summary>
    public static IReadOnlySet<byte> Refused(IEnumerable<PresentationContext> proposed, SiteVerbs verbs) =>
        proposed.Where(context => (VerbsOf(context.AbstractSyntax) & verbs) == SiteVerbs.None)
            .Select(context => context.Id).ToHashSet();

    private static SiteVerbs VerbsOf(Uid abstractSyntax)
    {
        if (abstractSyntax == s_verification)
        {
            return SiteVerbs.Echo;
        }

        if (abstractSyntax == s_commitment)
        {
            return SiteVerbs.Commit;
        }

        string name = UidDictionary.NameOf(abstractSyntax);
        return name.EndsWith("- FIND", StringComparison.Ordinal) ? SiteVerbs.Find
            : name.EndsWith("- MOVE", StringComparison.Ordinal) ? SiteVerbs.Move
            : name.EndsWith("- GET", StringComparison.Ordinal) ? SiteVerbs.Get
            : SiteVerbs.Store | SiteVerbs.Get;
    }
}
