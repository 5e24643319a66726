#!/usr/bin/env bash
# Starts a private RabbitMQ on loopback with its own folder; never the system's service.
#   rabbit-up.sh FOLDER AMQP_PORT [DISTRIBUTION_PORT [EPMD_PORT]]
# Leaves launcher.pid and epmd.pid in the folder, for rabbit-down.sh.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
amqp=$2
dist=${3:-$((amqp + 1))}
epmd=${4:-$((amqp + 2))}
server=/usr/lib/rabbitmq/bin/rabbitmq-server
[ -x "$server" ] || { echo "rabbitmq-server is not installed" >&2; exit 3; }

mkdir -p "$folder"/{home,mnesia,log}
: > "$folder/env-empty"
echo '[].' > "$folder/enabled_plugins"
cat > "$folder/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$amqp
loopback_users = none
log.console = true
log.console.level = warning
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.relative = 0.2
CONF
if [ ! -f "$folder/home/.erlang.cookie" ]; then
  head -c 24 /dev/urandom | base64 | tr -dc A-Za-z0-9 > "$folder/home/.erlang.cookie"
  chmod 400 "$folder/home/.erlang.cookie"
fi

export HOME=$folder/home
export ERL_EPMD_PORT=$epmd ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_NODENAME=recordhub$amqp@localhost RABBITMQ_USE_LONGNAME=false
export RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$amqp RABBITMQ_DIST_PORT=$dist
export RABBITMQ_CONF_ENV_FILE=$folder/env-empty RABBITMQ_CONFIG_FILE=$folder/rabbitmq.conf
export RABBITMQ_MNESIA_BASE=$folder/mnesia RABBITMQ_LOG_BASE=$folder/log RABBITMQ_LOGS=-
export RABBITMQ_ENABLED_PLUGINS_FILE=$folder/enabled_plugins RABBITMQ_PID_FILE=$folder/rabbit.pid
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
export RABBITMQ_SERVER_ERL_ARGS="+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"

epmd -port "$epmd" -address 127.0.0.1 < /dev/null > "$folder/log/epmd.log" 2>&1 &
echo $! > "$folder/epmd.pid"
setsid "$server" < /dev/null > "$folder/log/out.log" 2>&1 &
echo $! > "$folder/launcher.pid"

for _ in $(seq 1 600); do
  # It is up when it answers the protocol header with a method frame.
  if { exec 3<> "/dev/tcp/127.0.0.1/$amqp"; } 2> /dev/null; then
    printf 'AMQP\x00\x00\x09\x01' >&3
    first=$(timeout 2 head -c 1 <&3 | od -An -tx1 | tr -d ' ' || true)
    exec 3>&-
    [ "$first" = 01 ] && exit 0
  fi
  kill -0 "$(cat "$folder/launcher.pid")" 2> /dev/null || { tail -20 "$folder/log/out.log" >&2; exit 1; }
  sleep 0.1
done
tail -20 "$folder/log/out.log" >&2
exit 1
