# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for strata. Commands and options are read from its own help, so they are never out of date; revisions
# come from the project where you are, or the one that -c names.

_strata_revisions()
{
  printf '%s\n' head heads base current
  "$@" history 2>/dev/null | awk -F ' -> ' '{
    split($2, id, /[ ,]/); print id[1]
    if (match($2, /^[^ ,]+ \([^()]*\)/)) {
      labels = substr($2, length(id[1]) + 3, RLENGTH - length(id[1]) - 3)
      if (labels !~ /^(head|effective head|branchpoint|mergepoint|current)$/) {
        n = split(labels, label, /, /)
        for (i = 1; i <= n; i++) { print label[i]; print label[i] "@head" }
      }
    }
  }'
}

_strata()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command= words= i
  local -a called=("${COMP_WORDS[0]}")

  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -c | --config | -n | --name | -x | -p | --profile | --url)
        called+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}")
        i=$((i + 1))
        ;;
      -*) ;;
      *)
        command=${COMP_WORDS[i]}
        break
        ;;
    esac
  done

  case $previous in
    -c | --config | --output | --version-path)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      compopt -o filenames
      return
      ;;
    -p | --profile | --yes-i-mean)
      words=$("${called[0]}" profile list 2>/dev/null | awk '$NF ~ /:/ { print $1 }')
      ;;
    -n | --name | -x | --url | --rename | -m | --message | --rev-id | --branch-label | --*-wait | --*-timeout | --retries) return ;;
    *)
      case $current,$command in
        -*,?*) words=$("${called[0]}" "$command" --help-all 2>/dev/null | sed -n 's/^  \(-., \)\{0,1\}\(--[a-z-]*\).*/\2/p') ;;
        -*,) words='--config --name --profile --url --password-stdin --json --quiet --no-color --help --version' ;;
        *,) words=$("${called[0]}" --help 2>/dev/null | sed -n 's/^  \([a-z_]\{1,\}\)  .*/\1/p') ;;
        *,profile) words='add list show test remove' ;;
        *,check | *,drift) ;;
        *,diff | *,dump)
          words="db schema models empty $(_strata_revisions "${called[@]}")"
          compopt -o default
          ;;
        *,upgrade | *,downgrade | *,stamp | *,show | *,render | *,edit | *,merge | *,history | *,revision | *,revert | *,rescue)
          words=$(_strata_revisions "${called[@]}")
          ;;
        *)
          compopt -o default
          return
          ;;
      esac
      ;;
  esac

  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _strata strata
