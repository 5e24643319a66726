using System.Data.Common;
using System.Net.Sockets;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Pipeline;

public sealed class FailureClassifierTests
{
    private static readonly object[][] s_failures =
    [
        [new StorageAwayException("x"), FailureClass.Transient],
        [new StorageFullException("x"), FailureClass.Transient],
        [new BlobMissingException(default), FailureClass.Transient],
        [new BlobDamagedException(default, 1, 2), FailureClass.Transient],
        [new IOException("x"), FailureClass.Transient],
        [new UnauthorizedAccessException("x"), FailureClass.Transient],
        [new SocketException(111), FailureClass.Transient],
        [new TimeoutException("x"), FailureClass.Transient],
        [new HttpRequestException("x"), FailureClass.Transient],
        [new TaskCanceledException("x"), FailureClass.Transient],
        [new Answer("57P01", transient: true), FailureClass.Transient],
        [new InvalidOperationException("x", new SocketException(111)), FailureClass.Transient],
        [new AggregateException(new FormatException("x"), new IOException("x")), FailureClass.Transient],
        [new ConcurrentChangeException("x"), FailureClass.Conflict],
        [new Answer("40001", transient: true), FailureClass.Conflict],
        [new Answer("23505", transient: false), FailureClass.Conflict],
        [new Answer("42601", transient: false), FailureClass.Poison],
        [new EndOfStreamException("x"), FailureClass.Poison],
        [new InvalidDataException("x"), FailureClass.Poison],
        [new FormatException("x"), FailureClass.Poison],
        [new InvalidOperationException("x", new FormatException("x")), FailureClass.Poison],
        [new OverflowException("x"), FailureClass.Poison],
    ];

    [TestCaseSource(nameof(s_failures))]
    public void Every_failure_is_of_one_class(Exception failure, object expected) =>
        Assert.That(FailureClassifier.Of(failure), Is.EqualTo(expected));

    private sealed class Answer(string state, bool transient) : DbException("x")
    {
        public override string SqlState => state;

        public override bool IsTransient => transient;
    }
}
