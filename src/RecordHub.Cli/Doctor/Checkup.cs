using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using RecordHub.Cli.Hub;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Doctor;

/// <summary>The checks of <c>doctor</c>, each with what to do when it fails.</summary>
internal static class Checkup
{
    private static readonly DateTimeOffset s_writtenIn = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_codecs = ["libopenjp2.so.7", "libcharls.so.2"];

    public static async Task<IReadOnlyList<CheckView>> RunAsync(
        string data, RecordHubOptions options, bool full, CancellationToken cancellationToken) =>
    [
        Folder(data),
        .. await StoreAsync(data, options, full, cancellationToken),
        Disk(data, options.MinFreeBytes),
        Port("http port", options.Http, "--http"),
        Port("dicom port", options.Dicom, "--dicom"),
        .. await BrokerCheck.RunAsync(options.BrokerUri, cancellationToken),
        Clock(TimeProvider.System),
        .. s_codecs.Select(Codec),
    ];

    private static CheckView Folder(string data)
    {
        if (!Directory.Exists(data))
        {
            return File.Exists(data)
                ? Bad("data folder", $"{data} is a file.", "Name a folder with --data.")
                : Bad("data folder", $"{data} does not exist.", "Name the folder of the store with --data.");
        }

        string probe = Path.Combine(data, ".doctor-" + Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(probe, [1]);
            return Good("data folder", $"{data} can be written.");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return Bad("data folder", $"{data} cannot be written.", "Give its owner's account, or name another folder with --data.");
        }
        finally
        {
            if (File.Exists(probe))
            {
                File.Delete(probe);
            }
        }
    }

    private static async Task<IReadOnlyList<CheckView>> StoreAsync(
        string data, RecordHubOptions options, bool full, CancellationToken cancellationToken)
    {
        IReadOnlyList<CheckView> database = options.PostgresConnection is { } connection
            ? await DatabaseCheck.RunAsync(connection, full, cancellationToken)
            : await DatabaseCheck.FileAsync(options.ToStorage(), full, cancellationToken);
        return database.Any(check => !check.Ok || check.Check == DatabaseCheck.Older)
            ? database : [.. database, .. await OpenAsync(data, options.ObjectStore is not null, cancellationToken)];
    }

    private static async Task<IReadOnlyList<CheckView>> OpenAsync(
        string data, bool objectStore, CancellationToken cancellationToken)
    {
        try
        {
            await using EmbeddedHub hub = await EmbeddedHub.OpenAsync(data, files: false, cancellationToken);
            IReadOnlyList<CaseLineView> cases = await hub.ListCasesAsync(cancellationToken);
            return
            [
                Good("store", $"It opens and reads; {cases.Count} cases."),
                .. StoreCheck.Of(await hub.LookAsync(cancellationToken), objectStore),
            ];
        }
        catch (StartRefusedException refused)
        {
            return [Bad("store", "It does not open.", refused.Message)];
        }
        catch (StorageDamagedException damaged)
        {
            return [Bad("store", "It cannot be read.", damaged.Message)];
        }
    }

    private static CheckView Disk(string data, long least)
    {
        string existing = data;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        long free = new DriveInfo(existing).AvailableFreeSpace;
        string detail = string.Create(CultureInfo.InvariantCulture, $"{free / (1024.0 * 1024 * 1024):F1} GiB are free.");
        return free > least
            ? Good("disk", detail)
            : Bad("disk", detail, "Nothing more is taken in below Blobs:MinFreeBytes; free some space or move the data folder.");
    }

    private static CheckView Port(string check, IPEndPoint endpoint, string option)
    {
        using Socket socket = new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            return Good(check, $"{endpoint} is free.");
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return Good(check, $"{endpoint} is taken: by a running RecordHub, or by another program; then use {option}.");
        }
        catch (SocketException closed)
        {
            return Bad(check, $"{endpoint} cannot be bound ({closed.SocketErrorCode}).", $"Name another address with {option}.");
        }
    }

    private static CheckView Clock(TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        return now > s_writtenIn
            ? Good("clock", $"It is {now:u}.")
            : Bad("clock", $"It is {now:u}, which cannot be.", "Set the clock: records and packages carry its time.");
    }

    private static CheckView Codec(string library)
    {
        if (NativeLibrary.TryLoad(library, out nint handle))
        {
            NativeLibrary.Free(handle);
            return Good("codec " + library, "It is installed.");
        }

        return Good(
            "codec " + library, "It is not installed; storing and serving need none, rendering its formats will (apt-get install "
            + (library.StartsWith("libopenjp2", StringComparison.Ordinal) ? "libopenjp2-7" : "libcharls2") + ").");
    }

    internal static CheckView Good(string check, string detail) => new(check, true, detail, string.Empty);

    internal static CheckView Bad(string check, string detail, string advice) => new(check, false, detail, advice);
}
