namespace RecordHub.Dicom.Network;

/// <summary>Whose C-MOVE caused a C-STORE: (0000,1030) and (0000,1031).</summary>
public sealed record MoveOriginator(string AeTitle, ushort MessageId);
