using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>54H: the roles of the requestor for one SOP class (PS3.7 §D.3.3.4).</summary>
public sealed record RoleSelection(Uid SopClass, bool Scu, bool Scp);
