"""The weekly schedule. Every step can run twice, so every step may be retried."""

import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

default_args = {
    "retries": 2,
    "retry_delay": datetime.timedelta(minutes=5),
    "execution_timeout": datetime.timedelta(minutes=30),
}

with DAG(
    dag_id="retrain_delivery_time",
    schedule="0 3 * * 1",
    start_date=datetime.datetime(2026, 9, 7),
    catchup=False,
    default_args=default_args,
) as dag:
    run = BashOperator(task_id="run", bash_command="python3 -m pipeline.run data out")
