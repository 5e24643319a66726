using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Reads and checks C-FIND-RQ, C-MOVE-RQ and C-GET-RQ (PS3.7 §9.3.2 to §9.3.4).</summary>
internal static class QueryCommand
{
    private static readonly uint[] s_sopClass = [0x0000_0002];

    /// <summary>The command that asks for a service.</summary>
    public static ushort FieldOf(QueryService service) => service switch
    {
        QueryService.Find => CommandField.FindRequest,
        QueryService.Move => CommandField.MoveRequest,
        QueryService.Get => CommandField.GetRequest,
        _ => throw new ArgumentOutOfRangeException(nameof(service)),
    };

    /// <summary>What the handler is told.</summary>
    /// <param name="message">The command.</param>
    /// <param name="identifier">Its data set.</param>
    /// <param name="association">What the association was asked for.</param>
    /// <param name="user">What was negotiated.</param>
    /// <exception cref="InstanceException">The command cannot be carried out, whatever it asks for.</exception>
    public static QueryRequest Read(
        DimseMessage message, DicomDataSet identifier, AssociationRequest association, UserInformation user)
    {
        CommandSet command = message.Command;
        if (!QueryRetrieveClass.TryFind(message.Context.AbstractSyntax, out QueryRetrieveClass? sopClass)
            || FieldOf(sopClass.Service) != command.CommandField
            || command.Uid(CommandElement.AffectedSopClassUid) != sopClass.Uid)
        {
            throw new InstanceException(
                DimseStatus.SopClassNotSupported, "The SOP class is not the presentation context's", s_sopClass);
        }

        string? destination = command.Text(CommandElement.MoveDestination);
        if (sopClass.Service == QueryService.Move && destination is null)
        {
            throw new InstanceException(
                DimseStatus.MoveDestinationUnknown, "The move destination is missing", 0x0000_0600);
        }

        return new QueryRequest
        {
            AssociationId = association.AssociationId,
            CallingAeTitle = association.CallingAeTitle,
            CalledAeTitle = association.CalledAeTitle,
            MessageId = command.UInt16(CommandElement.MessageId) ?? 0,
            SopClass = sopClass,
            Identifier = identifier,
            Options = user.Extended.FirstOrDefault(one => one.SopClass == sopClass.Uid) is { } extended
                ? QueryOptions.Read(extended.Information.Span)
                : default,
            MoveDestination = destination,
        };
    }
}
