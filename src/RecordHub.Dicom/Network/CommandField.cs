namespace RecordHub.Dicom.Network;

/// <summary>Command field values of requests (PS3.7 §E.1); a response is the request with bit 15 set.</summary>
internal static class CommandField
{
    public const ushort StoreRequest = 0x0001;
    public const ushort GetRequest = 0x0010;
    public const ushort FindRequest = 0x0020;
    public const ushort MoveRequest = 0x0021;
    public const ushort EchoRequest = 0x0030;
    public const ushort EventReportRequest = 0x0100;
    public const ushort ActionRequest = 0x0130;
    public const ushort CancelRequest = 0x0FFF;
    public const ushort Response = 0x8000;
}
