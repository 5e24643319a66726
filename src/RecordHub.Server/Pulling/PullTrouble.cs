using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Pulling;

/// <summary>What is wrong with a site, in words that name no host and nobody. Pure.</summary>
internal static class PullTrouble
{
    /// <summary>The end of a sentence that begins with the site; null when it is not the site's trouble.</summary>
    public static string? Of(Exception exception) => exception switch
    {
        PeerUnreachableException => "does not answer",
        AssociationException { Ending: AssociationEnding.Rejected } => "rejects our association",
        AssociationException => "breaks the association",
        QueryRefusedException { IsContext: true } => "takes no query from us",
        QueryRefusedException => "answers the query with a failure",
        PullRefusedException => "can neither be got from (C-GET) nor move to us (C-MOVE) as it is configured",
        _ => null,
    };
}
