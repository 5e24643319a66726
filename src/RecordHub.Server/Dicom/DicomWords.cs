using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>The words that measurements and spans of the DICOM door use. Pure.</summary>
internal static class DicomWords
{
    internal static string Of(AssociationEnding ending) => ending switch
    {
        AssociationEnding.Released => "released",
        AssociationEnding.NothingAsked => "nothing-asked",
        AssociationEnding.Rejected => "rejected",
        AssociationEnding.PeerAborted => "peer-aborted",
        AssociationEnding.ConnectionLost => "connection-lost",
        AssociationEnding.ProtocolViolation => "protocol-violation",
        AssociationEnding.TimedOut => "timed-out",
        _ => "stopped",
    };

    internal static string Of(QueryService service) => service switch
    {
        QueryService.Find => "c-find",
        QueryService.Move => "c-move",
        _ => "c-get",
    };

    /// <summary>Result, source and reason, without their words.</summary>
    internal static string Of(AssociationRejection rejection) =>
        $"{rejection.Result}/{rejection.Source}/{rejection.Reason}";
}
