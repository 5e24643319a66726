namespace RecordHub.Documents.Archives;

/// <summary>A temporary file for what can be read once only and has to be read twice.</summary>
public static class Spool
{
    /// <summary>An empty one. Records are patients' data: the file is its owner's alone and gone when it is closed.</summary>
    public static FileStream Create()
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    /// <summary>The content at its beginning, which can seek; or why there is none.</summary>
    public static async Task<(FileStream? File, string? Reason)> CopyAsync(Stream content, long limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        FileStream file = Create();
        bool kept = false;
        try
        {
            byte[] block = new byte[81_920];
            for (int read = await content.ReadAsync(block, cancellationToken); read > 0; read = await content.ReadAsync(block, cancellationToken))
            {
                if (file.Length + read > limit)
                {
                    return (null, $"an archive of more than {limit} bytes inside another or in a stream");
                }

                await file.WriteAsync(block.AsMemory(0, read), cancellationToken);
            }

            file.Position = 0;
            kept = true;
            return (file, null);
        }
        catch (InvalidDataException)
        {
            return (null, "damaged");
        }
        catch (ArchiveLimitException over)
        {
            return (null, over.Message);
        }
        finally
        {
            if (!kept)
            {
                await file.DisposeAsync();
            }
        }
    }
}
