namespace RecordHub.Dicom.Network;

/// <summary>A command as received, with the context that it came on.</summary>
internal sealed record DimseMessage(AcceptedContext Context, CommandSet Command);
