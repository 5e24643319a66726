namespace RecordHub.Dicom.Network;

/// <summary>Command sets of responses (PS3.7 §9.3).</summary>
internal static class DimseResponses
{
    public static ReadOnlyMemory<byte> Echo(CommandSet request, ushort status) =>
        Begin(request).Add(CommandElement.Status, status).Build();

    /// <summary>C-STORE-RSP; a failure always has a comment.</summary>
    public static ReadOnlyMemory<byte> Store(CommandSet request, StoreResponse response)
    {
        CommandSetBuilder command = Begin(request);
        AddStatus(command, response);
        return command
            .Add(CommandElement.AffectedSopInstanceUid, request.Uid(CommandElement.AffectedSopInstanceUid))
            .Build();
    }

    /// <summary>N-ACTION-RSP or N-EVENT-REPORT-RSP; a failure always has a comment.</summary>
    public static ReadOnlyMemory<byte> Normalized(CommandSet request, NormalizedResponse response)
    {
        bool isAction = request.CommandField == CommandField.ActionRequest;
        CommandSetBuilder command = Begin(request).Add(CommandElement.Status, response.Status);
        if (CommentOf(new StoreResponse(response.Status, response.Comment)) is { } comment)
        {
            command.Add(CommandElement.ErrorComment, comment);
        }

        command.Add(CommandElement.AffectedSopInstanceUid, request.Uid(
            isAction ? CommandElement.RequestedSopInstanceUid : CommandElement.AffectedSopInstanceUid));
        ushort typeId = isAction ? CommandElement.ActionTypeId : CommandElement.EventTypeId;
        if (request.UInt16(typeId) is { } type)
        {
            command.Add(typeId, type);
        }

        return command.Build();
    }

    /// <summary>0211 for a command that is not served.</summary>
    public static ReadOnlyMemory<byte> Unrecognized(CommandSet request) => Begin(request)
        .Add(CommandElement.Status, DimseStatus.UnrecognizedOperation)
        .Add(CommandElement.ErrorComment, "This operation is not supported")
        .Build();

    /// <summary>C-FIND-RSP with a match, which follows as its identifier.</summary>
    public static ReadOnlyMemory<byte> Match(CommandSet request, ushort status) =>
        Begin(request, CommandSet.WithDataSet).Add(CommandElement.Status, status).Build();

    /// <summary>The last response to C-FIND, or one to C-MOVE or C-GET whose sub-operations never began.</summary>
    public static ReadOnlyMemory<byte> Final(CommandSet request, StoreResponse response)
    {
        CommandSetBuilder command = Begin(request);
        AddStatus(command, response);
        return command.Build();
    }

    /// <summary>A response to C-MOVE or C-GET with its counts.</summary>
    public static ReadOnlyMemory<byte> Retrieve(
        CommandSet request, StoreResponse response, SubOperationCounts counts, bool hasIdentifier)
    {
        CommandSetBuilder command = Begin(request, hasIdentifier ? CommandSet.WithDataSet : CommandSet.NoDataSet);
        AddStatus(command, response);
        if (response.Status is DimseStatus.Pending or DimseStatus.Cancelled)
        {
            command.Add(CommandElement.RemainingSubOperations, Capped(counts.Remaining));
        }

        return command
            .Add(CommandElement.CompletedSubOperations, Capped(counts.Completed))
            .Add(CommandElement.FailedSubOperations, Capped(counts.Failed))
            .Add(CommandElement.WarningSubOperations, Capped(counts.Warning))
            .Build();
    }

    // The counts are US: a retrieval of more instances says as many as it can.
    private static ushort Capped(int count) => (ushort)Math.Min(count, ushort.MaxValue);

    private static CommandSetBuilder Begin(CommandSet request, ushort dataSetType = CommandSet.NoDataSet)
    {
        var sopClass = request.Uid(CommandElement.AffectedSopClassUid);
        return new CommandSetBuilder()
            .Add(CommandElement.AffectedSopClassUid,
                sopClass.IsNone ? request.Uid(CommandElement.RequestedSopClassUid) : sopClass)
            .Add(CommandElement.CommandField, (ushort)(request.CommandField | CommandField.Response))
            .Add(CommandElement.MessageIdBeingRespondedTo, request.UInt16(CommandElement.MessageId) ?? 0)
            .Add(CommandElement.CommandDataSetType, dataSetType);
    }

    private static void AddStatus(CommandSetBuilder command, StoreResponse response)
    {
        command.Add(CommandElement.Status, response.Status);
        if (response.OffendingElements is { Count: > 0 } offending)
        {
            command.Add(CommandElement.OffendingElement, offending);
        }

        if (CommentOf(response) is { } comment)
        {
            command.Add(CommandElement.ErrorComment, comment);
        }
    }

    private static string? CommentOf(StoreResponse response)
    {
        string? comment = string.IsNullOrWhiteSpace(response.Comment) ? null : response.Comment;
        comment ??= response.Status switch
        {
            DimseStatus.Success or DimseStatus.Pending or DimseStatus.PendingWithUnsupportedKeys => null,
            DimseStatus.Cancelled => "Cancelled as asked",
            >= 0xA700 and <= 0xA7FF => "Out of resources",
            >= 0xA900 and <= 0xA9FF => "Data set does not match SOP class",
            >= 0xC000 and <= 0xCFFF => "Cannot understand",
            >= 0xB000 and <= 0xBFFF => "Stored with a warning",
            _ => "Processing failure",
        };
        return comment is null ? null : Cut(comment);
    }

    /// <summary>An LO: at most 64 characters of the default repertoire, no backslash.</summary>
    private static string Cut(string comment) => string.Create(
        Math.Min(comment.Length, DimseLimits.MaxErrorComment), comment, static (text, source) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = source[i] is >= ' ' and < '\x7F' and not '\\' ? source[i] : '?';
            }
        });
}
